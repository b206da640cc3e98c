namespace Republic.Bench.Rows;

/// <param name="Cluster">Rows of one cluster have nearly equal questions or answers.</param>
internal sealed record Row(string Prompt, string Completion, string Cluster);
