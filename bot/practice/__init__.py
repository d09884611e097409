"""What can happen, one async function for each; they load, ask the domain, and save."""
