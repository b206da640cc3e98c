using System.Text.Json;

namespace Republic.Bench;

/// <summary>What deaths cost of the computing of weights: steps that were told of, and lay behind the checkpoint that the next child had.</summary>
internal sealed class DoneAgain(IReadOnlyList<(int Steps, double Seconds)> times, IReadOnlyList<string> violations)
{
    /// <summary>What a node hears is written down every half second, at both ends of what is measured.</summary>
    private const double Hearing = 1;

    public IReadOnlyList<string> Violations => violations;

    public static async Task<DoneAgain> ReadAsync(Witness witness)
    {
        var rows = await witness.RowsAsync("select run, step, goes_on, at from chaos_steps order by id");
        var (times, violations) = (new List<(int, double)>(), new List<string>());
        foreach (var run in rows.GroupBy(row => row.GetProperty("run").GetGuid()))
        {
            var read = new Reading();
            foreach (var row in run)
            {
                read.Take(
                    row.GetProperty("step").GetInt32(),
                    row.GetProperty("goes_on").GetBoolean(),
                    row.GetProperty("at").GetDateTimeOffset()
                );
            }

            times.AddRange(read.Again);
            var most = Plan.CheckpointEvery.TotalSeconds + Hearing + read.Slowest;
            violations.AddRange(
                read.Again.Where(again => again.Seconds > most)
                    .Select(again =>
                        $"{run.Key} did {again.Steps} steps of {again.Seconds:0.0} s again, more than a checkpoint's {most:0.0} s"
                    )
            );
        }

        return new DoneAgain(times, violations);
    }

    public override string ToString()
    {
        var (steps, seconds) = (times.Select(one => one.Steps).Order().ToList(), times.Select(one => one.Seconds).Order().ToList());
        return times.Count == 0
            ? "never"
            : $"{times.Count} times: median {steps[steps.Count / 2]} steps and {seconds[seconds.Count / 2]:0.0} s, most {steps[^1]} steps and {seconds[^1]:0.0} s";
    }

    /// <summary>One run's steps in the order in which they were written down. Whoever goes on tells those before the checkpoint once more.</summary>
    private sealed class Reading
    {
        private readonly Dictionary<int, DateTimeOffset> told = [];
        private int furthest;
        private int checkpoint;

        public List<(int Steps, double Seconds)> Again { get; } = [];

        /// <summary>The longest time between two steps, each of which was new.</summary>
        public double Slowest { get; private set; }

        public void Take(int step, bool goesOn, DateTimeOffset at)
        {
            if (goesOn)
            {
                checkpoint = step;
                return;
            }

            if (step == 1 && furthest > 0)
            {
                if (furthest > checkpoint)
                {
                    Again.Add((furthest - checkpoint, (told[furthest] - told[checkpoint + 1]).TotalSeconds));
                }

                (furthest, checkpoint) = (checkpoint, 0);
            }
            else if (step > furthest && furthest > 0 && told.TryGetValue(step - 1, out var before))
            {
                Slowest = Math.Max(Slowest, (at - before).TotalSeconds);
            }

            told[step] = at;
            furthest = Math.Max(furthest, step);
        }
    }
}
