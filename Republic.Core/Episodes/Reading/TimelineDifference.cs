namespace Republic.Core.Episodes.Reading;

/// <summary>Aligns the steps of two timelines: the n-th time that a role acts in a state stands beside the n-th time in the other.</summary>
internal static class TimelineDifference
{
    public static List<DifferenceCard> Of(IEnumerable<StepCard> from, IEnumerable<StepCard> to)
    {
        var (left, right) = (Numbered(from), Numbered(to));
        List<DifferenceCard> rows = [];
        foreach (var (turn, step) in left)
        {
            right.Remove(turn, out var other);
            rows.Add(new(turn.State, turn.Role, turn.Occurrence, step, other, other is not null && AreSame(step, other)));
        }

        rows.AddRange(
            right.Select(rest => new DifferenceCard(rest.Key.State, rest.Key.Role, rest.Key.Occurrence, null, rest.Value, false))
        );
        return rows;
    }

    /// <summary>Words that the viewer does not get to know are not compared: whether they are the same would say something of them.</summary>
    private static bool AreSame(StepCard one, StepCard other) =>
        one.Id == other.Id
        || (
            !one.Hidden
            && !other.Hidden
            && (one.GeneratedText, one.Outcome, one.UserId) == (other.GeneratedText, other.Outcome, other.UserId)
        );

    private static Dictionary<(string State, string Role, int Occurrence), StepCard> Numbered(IEnumerable<StepCard> steps)
    {
        var counts = new Dictionary<(string, string), int>();
        var numbered = new Dictionary<(string, string, int), StepCard>();
        foreach (var step in steps.Where(step => step.Status == StepStatus.Completed))
        {
            var count = counts[(step.State, step.Role)] = counts.GetValueOrDefault((step.State, step.Role)) + 1;
            numbered[(step.State, step.Role, count)] = step;
        }

        return numbered;
    }
}
