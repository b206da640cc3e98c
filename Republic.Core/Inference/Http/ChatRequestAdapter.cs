namespace Republic.Core.Inference.Http;

/// <param name="Scale">1 when it is left out.</param>
internal sealed record ChatRequestAdapter(string? Name, float? Scale);
