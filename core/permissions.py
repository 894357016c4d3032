"""Rights on the ground floor. Appointments are known here only by their shape."""


def can_manage_jobs(user) -> bool:
    """An administrator of the topmost organisation."""
    return user.is_authenticated and any(
        appointment.role == "administrator" and appointment.organisation.parent_id is None
        for appointment in user.current_appointments
    )
