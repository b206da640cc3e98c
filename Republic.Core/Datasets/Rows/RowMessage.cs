namespace Republic.Core.Datasets.Rows;

/// <param name="Role">system, user or assistant.</param>
public sealed record RowMessage(string Role, string Content);
