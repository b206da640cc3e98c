namespace Republic.Web.Pages.Datasets;

/// <summary>One part of a <see cref="CountBar"/>, in its units.</summary>
public sealed record CountStretch(string Kind, double X, double Width);
