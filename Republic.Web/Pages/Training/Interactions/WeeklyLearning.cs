using Microsoft.EntityFrameworkCore;
using Republic.Core;
using Republic.Core.Data;
using Republic.Core.Minions;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Runs;
using Republic.Core.Training.Schedules;

namespace Republic.Web.Pages.Training.Interactions;

/// <summary>The one schedule by which a minion learns from its chats: Sundays, in the hours in which nobody waits for answers.</summary>
internal static class WeeklyLearning
{
    public const string At = "03:00";
    public const string Until = "06:00";

    public static async Task<Outcome<Guid>> SetAsync(
        RepublicDb db,
        TrainingSchedules schedules,
        Guid owner,
        Guid minion,
        bool weekly,
        string? timeZone,
        CancellationToken ct
    )
    {
        if (!await db.Minions.OwnedBy(owner).Live().AnyAsync(m => m.Id == minion, ct))
        {
            return Failure.NotFound("minion");
        }

        var known = (await schedules.ListAsync(owner, minion, ct)).FirstOrDefault(card => card.Origin == RunOrigin.Interactions);
        if (known is not null)
        {
            return await schedules.ChangeAsync(owner, known.Id, new ScheduleInput(TimeZone: timeZone, Paused: !weekly), ct);
        }

        if (!weekly)
        {
            return minion;
        }

        var input = new ScheduleInput(
            "Weekly from chats",
            minion,
            [],
            Day: "sunday",
            At: At,
            Until: Until,
            TimeZone: timeZone,
            TrainingType: TrainingType.LoraOnly.Name()
        )
        {
            Origin = RunOrigin.Interactions,
        };
        return await schedules.CreateAsync(owner, input, ct);
    }
}
