namespace Republic.Web.Pages.Datasets;

/// <param name="Address">The address of one of the dataset's pages.</param>
public sealed record CountsView(IReadOnlyList<CountPart> Parts, Func<string, string> Address);
