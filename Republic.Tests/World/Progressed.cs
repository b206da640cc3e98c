using Republic.Core.Lora.Progress;

namespace Republic.Tests.World;

/// <summary>Keeps what a training run told.</summary>
public sealed class Progressed : IProgress<TrainingProgress>
{
    private readonly List<TrainingProgress> all = [];

    public Action<TrainingProgress> OnReport { get; set; } = _ => { };

    public IReadOnlyList<StepCompleted> Steps => Of<StepCompleted>();

    public IReadOnlyList<ValidationDone> Validations => Of<ValidationDone>();

    public IReadOnlyList<string> Notes => [.. Of<TrainingNote>().Select(note => note.Text)];

    public void Report(TrainingProgress value)
    {
        all.Add(value);
        OnReport(value);
    }

    private List<T> Of<T>() => [.. all.OfType<T>()];
}
