using System.Text;
using Microsoft.AspNetCore.Mvc;
using Republic.Core;
using Republic.Core.Analytics;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Api.Spending;

internal static class UsageApi
{
    public static void MapUsage(this IEndpointRouteBuilder app)
    {
        var usage = app.MapGroup("/api/users/{user_id:guid}").WithTags("Spending").RequireOwnUser();
        usage.MapGet("/usage", ReadAsync).Produces<UsageFound>();
        usage.MapGet("/usage.csv", DownloadAsync).Produces<string>(contentType: "text/csv");
    }

    private static async Task<IResult> ReadAsync(
        SpendingReader reader,
        CurrentPerson asking,
        [AsParameters] Choice choice,
        CancellationToken ct
    )
    {
        var asked = Read(reader, asking, choice);
        return asked.Ok
            ? TypedResults.Ok(
                new UsageFound(await reader.ReadAsync(asked.Value.Person, asked.Value.From, asked.Value.To, asked.Value.Group, ct))
            )
            : asked.Failure.ToProblem();
    }

    /// <summary>By day and group, or with <c>table=calls</c> every call.</summary>
    private static async Task<IResult> DownloadAsync(
        SpendingReader reader,
        CurrentPerson asking,
        [AsParameters] Choice choice,
        string? table,
        CancellationToken ct
    )
    {
        if (table is not (null or "days" or "calls"))
        {
            return Failure.Invalid("table", "table is days or calls.").ToProblem();
        }

        var asked = Read(reader, asking, choice);
        if (!asked.Ok)
        {
            return asked.Failure.ToProblem();
        }

        var (person, from, to, group) = asked.Value;
        var text =
            table == "calls"
                ? SpendingCsv.Calls(await reader.CallsAsync(person, from, to, ct))
                : SpendingCsv.Days(await reader.ReadAsync(person, from, to, group, ct));
        return TypedResults.File(
            Encoding.UTF8.GetBytes(text),
            "text/csv; charset=utf-8",
            $"usage-{table ?? "days"}-{from:yyyy-MM-dd}-{to:yyyy-MM-dd}.csv"
        );
    }

    private static Outcome<(Guid? Person, DateOnly From, DateOnly To, SpendingGrouping Group)> Read(
        SpendingReader reader,
        CurrentPerson asking,
        Choice choice
    )
    {
        var group = SpendingGrouping.Minion;
        if (choice.GroupBy is { } text && !(Enum.TryParse(text, ignoreCase: true, out group) && Enum.IsDefined(group)))
        {
            return Failure.Invalid("group_by", "group_by is minion, provider, model, purpose or person.");
        }

        var isEverybody = choice.Everybody ?? false;
        if (!asking.IsSuperuser && (isEverybody || group == SpendingGrouping.Person))
        {
            return Failure.Forbidden(
                "Figures of everybody, and by person, are for superusers. Ask for minion, provider, model or purpose."
            );
        }

        var period = AnalyticsQuery.Period(reader.Today, null, choice.From, choice.To);
        return period.Ok ? ((Guid?)(isEverybody ? null : choice.UserId), period.Value.From, period.Value.To, group) : period.Failure;
    }

    internal sealed record UsageFound(SpendingReport Usage);

    internal sealed record Choice(
        [property: FromRoute(Name = "user_id")] Guid UserId,
        DateOnly? From,
        DateOnly? To,
        [property: FromQuery(Name = "group_by")] string? GroupBy,
        bool? Everybody
    );
}
