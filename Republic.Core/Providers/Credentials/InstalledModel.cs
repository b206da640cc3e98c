using System.Text.Json.Nodes;

namespace Republic.Core.Providers.Credentials;

/// <summary>A model file that a person has installed here, and how it is to be kept in memory.</summary>
/// <param name="File">The SHA-256 by which the model host knows it.</param>
/// <param name="LoadAnyway">It is loaded even where it takes more memory than models may.</param>
public sealed record InstalledModel(string File, bool LoadAnyway)
{
    /// <summary>It gives way to no other model.</summary>
    public bool IsPinned { get; init; }

    /// <summary>Minutes without a request after which it is unloaded; null for the model host's default.</summary>
    public int? KeepAliveMinutes { get; init; }

    /// <summary>Tokens per sequence; null for the model host's default.</summary>
    public int? ContextLength { get; init; }

    /// <summary>As the model host reads it.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject { ["file"] = File, ["load_anyway"] = LoadAnyway };
        if (IsPinned)
        {
            json["pinned"] = true;
        }

        if (KeepAliveMinutes is { } minutes)
        {
            json["keep_alive_minutes"] = minutes;
        }

        if (ContextLength is { } length)
        {
            json["context_length"] = length;
        }

        return json;
    }
}
