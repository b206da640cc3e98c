namespace Republic.Web.Cli.Tasks;

/// <summary>The dollars that minions spent on a task, beside the most that they may.</summary>
internal sealed record RemoteSpending(decimal? Spent, decimal? Budget);
