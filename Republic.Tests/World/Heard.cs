using Republic.Core.Lora.Progress;

namespace Republic.Tests.World;

/// <summary>Keeps what a training run tells, and lets a test wait for a step.</summary>
internal sealed class Heard : IProgress<TrainingProgress>
{
    private readonly List<TrainingProgress> all = [];

    public int Step => Of<StepCompleted>() is { Count: > 0 } steps ? steps[^1].Step : 0;

    public IReadOnlyList<T> Of<T>()
        where T : TrainingProgress
    {
        lock (all)
        {
            return [.. all.OfType<T>()];
        }
    }

    /// <summary>Whether something of the kind was told after the note that ends like this.</summary>
    public bool After<T>(string note)
        where T : TrainingProgress
    {
        lock (all)
        {
            return all.SkipWhile(told => told is not TrainingNote said || !said.Text.EndsWith(note, StringComparison.Ordinal))
                .OfType<T>()
                .Any();
        }
    }

    public void Report(TrainingProgress value)
    {
        lock (all)
        {
            all.Add(value);
        }
    }
}
