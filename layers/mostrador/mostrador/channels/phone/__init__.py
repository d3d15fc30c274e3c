"""The telephone, through Twilio's Programmable Voice.

Nothing is imported here: a function that only rings somebody up, or knows the name of the channel, would load it all.
"""
