using System.ComponentModel;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Answering;
using Republic.Core.Answering.Tools;
using Republic.Core.Data;
using Republic.Core.Times;

namespace Republic.Core.Tools.BuiltIn;

/// <summary>The tool that tells the time, in the zone that the person's profile names in a field of its own.</summary>
internal sealed class ClockTools(IDbContextFactory<RepublicDb> databases, TimeProvider time)
{
    /// <summary>Names of that field, as people spell it.</summary>
    private static readonly List<string> FieldNames = ["TIME ZONE", "TIME_ZONE", "TIMEZONE", "ZEITZONE"];

    public BuiltInTool Now =>
        new(
            "current_time",
            "Time and date",
            "in your zone",
            ToolEffect.Reads,
            "Gives the present date, weekday and time, in the person’s time zone or another."
        )
        {
            IsForKeys = true,
            Method = scope =>
                (
                    [Description("A time zone by its IANA name, such as Europe/Berlin. Leave it out for the person’s own.")]
                        string? zone = null,
                    CancellationToken ct = default
                ) => TellAsync(scope, zone, ct),
        };

    private async Task<string> TellAsync(ToolScope scope, string? asked, CancellationToken ct)
    {
        var named = string.IsNullOrWhiteSpace(asked) ? null : asked.Trim();
        if (named is not null && TimeZoneNames.Find(named) is null)
        {
            throw new ToolException($"There is no time zone {named.AtMost(64)}. Its IANA name is wanted, such as Europe/Berlin or UTC.");
        }

        // Whoever holds the key of a minion is told nothing of its person.
        var isToOutside = scope.Order.Audience == AnswerAudience.KeyHolder;
        var zone = TimeZoneNames.Find(named ?? (isToOutside ? "UTC" : await OwnAsync(scope.Person, ct)));
        var now = TimeZoneInfo.ConvertTime(time.GetUtcNow(), zone ?? TimeZoneInfo.Utc);
        var local = now.ToString("dddd, d MMMM yyyy, HH:mm:ss, yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
        return zone is null
            ? $"{local}, UTC. The person’s profile names no time zone: a field “Time zone” there, such as Europe/Berlin, does."
            : $"{local}, {zone.Id}";
    }

    private async Task<string?> OwnAsync(Guid person, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db
            .CustomFields.Where(field => field.CitizenId == person && FieldNames.Contains(field.NormalizedName))
            .OrderBy(field => field.NormalizedName)
            .Select(field => field.FieldValue.Trim())
            .FirstOrDefaultAsync(ct);
    }
}
