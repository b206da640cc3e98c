using Republic.Core.Llama.Files;

namespace Republic.Core.Inference.Pool;

/// <param name="Scale">What the adapter's change is multiplied by.</param>
internal sealed record ChosenAdapter(ModelFile File, float Scale);
