using Republic.Core.Training.Schedules;

namespace Republic.Web.Pages.Training;

/// <summary>A schedule as it is typed.</summary>
public sealed class ScheduleForm
{
    public string? Name { get; set; }
    public Guid? MinionId { get; set; }
    public List<Guid> DatasetIds { get; set; } = [];

    /// <summary>The run whose settings it takes; none keeps those it has, and in a new one the usual settings.</summary>
    public Guid? LikeRun { get; set; }

    /// <summary>Whatever the settings say; null is nobody.</summary>
    public Guid? JudgeMinionId { get; set; }

    public string? Day { get; set; } = "sunday";
    public string? At { get; set; } = "03:00";

    /// <summary>Empty for a fixed time.</summary>
    public string? Until { get; set; }

    public string? TimeZone { get; set; }

    public static ScheduleForm Of(ScheduleCard card) =>
        new()
        {
            Name = card.Name,
            MinionId = card.MinionId,
            DatasetIds = [.. card.DatasetIds],
            JudgeMinionId = card.Config.ChosenJudge,
            Day = card.Day,
            At = card.At,
            Until = card.Until,
            TimeZone = card.TimeZone,
        };

    public ScheduleInput ToInput() =>
        new(Name ?? "", MinionId, DatasetIds, null, Day, At ?? "", Until ?? "", TimeZone)
        {
            LikeRun = LikeRun,
            HasJudge = true,
            JudgeMinionId = JudgeMinionId,
        };
}
