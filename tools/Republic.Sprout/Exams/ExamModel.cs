using Republic.Core.Llama.Native;
using Republic.Core.Llama.Native.Sampling;
using Republic.Sprout.Dialogues;

namespace Republic.Sprout.Exams;

/// <summary>The model that an exam asks.</summary>
/// <param name="Adapter">The file of a LoRA adapter for it, or null.</param>
internal sealed record ExamModel(string Path, string? Adapter, SamplingSettings Sampling)
{
    /// <param name="length">The most tokens of a prompt and its answer.</param>
    public Asking Open(int length = 1024) => new(Path, Adapter, workers: 1, length, Sampling);
}
