using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;

namespace Republic.Web.Api;

/// <summary>For a supervisor or a load balancer: is the process there, and can it do its work?</summary>
internal static class HealthApi
{
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        var health = app.MapGroup("/health").AllowAnonymous();
        health.MapGet("/live", () => TypedResults.Ok(new { status = "live" }));
        health.MapGet("/ready", ReadyAsync);
    }

    private static async Task<IResult> ReadyAsync(RepublicDb db, CancellationToken ct) =>
        await db.Database.CanConnectAsync(ct)
            ? TypedResults.Ok(new { status = "ready" })
            : TypedResults.Json(new { status = "no database" }, statusCode: StatusCodes.Status503ServiceUnavailable);
}
