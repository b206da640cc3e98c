using Republic.Core.ModelHost.Files;

namespace Republic.Core.ModelHost.Pool;

/// <param name="Scale">What the adapter's change is multiplied by.</param>
internal sealed record ChosenAdapter(ModelFile File, float Scale);
