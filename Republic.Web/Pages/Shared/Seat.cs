namespace Republic.Web.Pages.Shared;

public readonly record struct Seat(double X, double Y, bool Taken);
