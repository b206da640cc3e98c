using Republic.Core;
using Republic.Core.Security;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Api.Admin;

/// <summary>Hosts on this machine or its networks that everybody here may use. For superusers.</summary>
internal static class AllowedHostApi
{
    public static void MapAllowedHosts(this IEndpointRouteBuilder app)
    {
        var hosts = app.MapGroup("/api/admin/allowed-hosts")
            .WithTags("Administration")
            .RequireSuperuser("Only a superuser decides which hosts may be used.");
        hosts.MapGet("", ListAsync).Produces<AllowedHostList>();
        hosts.MapPost("", AllowAsync).RequireSession().Produces<AllowedHostCard>();
        hosts.MapDelete("", TakeBackAsync).RequireSession().Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> ListAsync(AllowedHostEditor hosts, CancellationToken ct) =>
        TypedResults.Ok(new AllowedHostList([.. (await hosts.ListAsync(ct)).Select(AllowedHostCard.Of)]));

    private static async Task<IResult> AllowAsync(Allow body, CurrentPerson me, AllowedHostEditor hosts, CancellationToken ct) =>
        (await hosts.AllowAsync(me.Id, body.Host, ct)).ToResult(host => TypedResults.Ok(AllowedHostCard.Of(host)));

    private static async Task<IResult> TakeBackAsync(string host, CurrentPerson me, AllowedHostEditor hosts, CancellationToken ct) =>
        (await hosts.TakeBackAsync(me.Id, host, ct)).ToResult(_ => TypedResults.NoContent());

    internal sealed record Allow(string? Host);

    internal sealed record AllowedHostList(IReadOnlyList<AllowedHostCard> Hosts);

    internal sealed record AllowedHostCard(string Host, DateTimeOffset AllowedAt)
    {
        public static AllowedHostCard Of(AllowedHost host) => new(host.Host, host.AllowedAt);
    }
}
