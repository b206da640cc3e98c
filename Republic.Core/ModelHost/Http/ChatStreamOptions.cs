namespace Republic.Core.ModelHost.Http;

internal sealed record ChatStreamOptions(bool? IncludeUsage);
