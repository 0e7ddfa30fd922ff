"""Who may do what where: accounts, roles held in a unit and reaching its subtree, the viewer a door builds."""
