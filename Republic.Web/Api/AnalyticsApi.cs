using System.Text;
using Microsoft.AspNetCore.Mvc;
using Republic.Core;
using Republic.Core.Analytics;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Api;

internal static class AnalyticsApi
{
    public static void MapAnalytics(this IEndpointRouteBuilder app)
    {
        var analytics = app.MapGroup("/api/users/{user_id:guid}").WithTags("Analytics").RequireOwnUser();
        analytics.MapGet("/analytics", ReadAsync).Produces<AnalyticsFound>();
        analytics.MapGet("/analytics.csv", DownloadAsync).Produces<string>(contentType: "text/csv");
    }

    private static async Task<IResult> ReadAsync(
        AnalyticsReader reader,
        CurrentPerson asking,
        [AsParameters] Choice choice,
        CancellationToken ct
    ) => (await FindAsync(reader, asking, choice, ct)).ToResult(report => TypedResults.Ok(new AnalyticsFound(report)));

    /// <summary>By day and group, or with <c>table=versions</c> what runs measured.</summary>
    private static async Task<IResult> DownloadAsync(
        AnalyticsReader reader,
        CurrentPerson asking,
        [AsParameters] Choice choice,
        string? table,
        CancellationToken ct
    )
    {
        if (table is not (null or "days" or "versions"))
        {
            return Failure.Invalid("table", "table is days or versions.").ToProblem();
        }

        return (await FindAsync(reader, asking, choice, ct)).ToResult(report =>
            TypedResults.File(
                Encoding.UTF8.GetBytes(table == "versions" ? AnalyticsCsv.Versions(report) : AnalyticsCsv.Days(report)),
                "text/csv; charset=utf-8",
                $"analytics-{table ?? "days"}-{report.From:yyyy-MM-dd}-{report.To:yyyy-MM-dd}.csv"
            )
        );
    }

    private static async Task<Outcome<AnalyticsReport>> FindAsync(
        AnalyticsReader reader,
        CurrentPerson asking,
        Choice choice,
        CancellationToken ct
    )
    {
        var group = AnalyticsGrouping.Minion;
        if (choice.GroupBy is { } text && !(Enum.TryParse(text, ignoreCase: true, out group) && Enum.IsDefined(group)))
        {
            return Failure.Invalid("group_by", "group_by is minion, provider or person.");
        }

        var isEverybody = choice.Everybody ?? false;
        if (!asking.IsSuperuser && (isEverybody || group == AnalyticsGrouping.Person))
        {
            return Failure.Forbidden("Figures of everybody, and by person, are for superusers. Ask for minion or provider.");
        }

        var period = AnalyticsQuery.Period(reader.Today, choice.Days, choice.From, choice.To);
        return period.Ok
            ? await reader.ReadAsync(
                new AnalyticsQuery(isEverybody ? null : choice.UserId, period.Value.From, period.Value.To, group, choice.MinionId),
                ct
            )
            : period.Failure;
    }

    internal sealed record AnalyticsFound(AnalyticsReport Analytics);

    internal sealed record Choice(
        [property: FromRoute(Name = "user_id")] Guid UserId,
        int? Days,
        DateOnly? From,
        DateOnly? To,
        [property: FromQuery(Name = "group_by")] string? GroupBy,
        [property: FromQuery(Name = "minion_id")] Guid? MinionId,
        bool? Everybody
    );
}
