namespace Republic.Web.Api.Admin;

/// <summary>What superusers see and decide.</summary>
internal static class AdministrationApi
{
    public static void MapAdministration(this IEndpointRouteBuilder app)
    {
        app.MapPeople();
        app.MapInvitations();
        app.MapWork();
        app.MapBackups();
        app.MapDoctor();
        app.MapSettings();
        app.MapAllowedHosts();
        app.MapToolCommands();
        app.MapAudit();
    }
}
