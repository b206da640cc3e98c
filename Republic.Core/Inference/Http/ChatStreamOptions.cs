namespace Republic.Core.Inference.Http;

internal sealed record ChatStreamOptions(bool? IncludeUsage);
