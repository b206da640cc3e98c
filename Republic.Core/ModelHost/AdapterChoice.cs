namespace Republic.Core.ModelHost;

/// <param name="Name">An adapter file's name without <c>.gguf</c>.</param>
/// <param name="Scale">What its change is multiplied by: 0 leaves the model as it is, 1 is what it was trained for.</param>
internal sealed record AdapterChoice(string Name, float Scale);
