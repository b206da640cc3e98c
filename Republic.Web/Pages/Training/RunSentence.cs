using Republic.Core.Training.Runs;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Training;

/// <summary>What stands below the list's title: what is under way, what waits for the person, how many there are.</summary>
internal static class RunSentence
{
    public static string Of(IReadOnlyDictionary<TrainingStatus, int> counts)
    {
        var total = counts.Values.Sum();
        if (total == 0)
        {
            return "A run trains a minion in nine steps, and measures it before and after.";
        }

        var (running, waiting) = (counts.GetValueOrDefault(TrainingStatus.Running), counts.GetValueOrDefault(TrainingStatus.Queued));
        var stuck = counts.GetValueOrDefault(TrainingStatus.Failed) + counts.GetValueOrDefault(TrainingStatus.Paused);
        List<string> parts = [running == 0 ? "Nothing is running" : $"{Figures.Count(running, "run is", "runs are")} at work"];
        if (waiting > 0)
        {
            parts.Add(waiting == 1 ? "1 waits for its turn" : $"{Figures.Count(waiting)} wait for their turn");
        }

        if (stuck > 0)
        {
            parts.Add($"{Figures.Count(stuck, "needs", "need")} you");
        }

        return $"{string.Join(", ", parts)}. {Figures.Count(total, "run")} in all.";
    }
}
