namespace Republic.Web.Http.Auth;

internal static class SessionRequirement
{
    public static RouteHandlerBuilder RequireSession(this RouteHandlerBuilder route) => route.WithMetadata(new SessionRequired());
}
