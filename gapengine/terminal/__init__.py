"""What commands print for people; each module one kind of thing. JSON is made where the figures are."""
