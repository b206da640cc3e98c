namespace Republic.Core.PersonalModels.Sources;

/// <summary>What people copy from their browser, as the address of a file.</summary>
public static class SourceAddress
{
    private const string Page = "/blob/";
    private const string Bytes = "/resolve/";

    /// <summary>
    /// The page about a model file gives the file itself: stores that have one below <c>/blob/</c> have the other below <c>/resolve/</c>.
    /// Anything else stays as it is, but for what only a browser uses.
    /// </summary>
    public static Uri OfFile(Uri url)
    {
        if (!url.IsAbsoluteUri)
        {
            return url;
        }

        var path = url.AbsolutePath;
        var at = path.EndsWith(".gguf", StringComparison.OrdinalIgnoreCase) ? path.IndexOf(Page, StringComparison.Ordinal) : -1;
        return at < 0 && url.Fragment.Length == 0
            ? url
            : new UriBuilder(url)
            {
                Fragment = "",
                Path = at < 0 ? path : string.Concat(path.AsSpan(0, at), Bytes, path.AsSpan(at + Page.Length)),
            }.Uri;
    }
}
