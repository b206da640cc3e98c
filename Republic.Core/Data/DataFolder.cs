using Microsoft.Extensions.Configuration;

namespace Republic.Core.Data;

/// <summary>Where everything lives that is not in the database: the embedded database itself, keys, models, sockets.</summary>
public sealed class DataFolder(string root)
{
    public string Root { get; } = System.IO.Path.GetFullPath(root);

    public static DataFolder From(IConfiguration configuration, string contentRoot)
    {
        var chosen = configuration["REPUBLIC_DATA"];
        return new DataFolder(string.IsNullOrWhiteSpace(chosen) ? System.IO.Path.Combine(contentRoot, ".republic") : chosen);
    }

    public string Path(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Root, .. parts]);

    public string Folder(params ReadOnlySpan<string> parts) => Directory.CreateDirectory(Path(parts)).FullName;
}
