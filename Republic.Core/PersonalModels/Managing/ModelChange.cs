using System.Text.Json.Serialization;

namespace Republic.Core.PersonalModels.Managing;

/// <summary>A change of a personal model. What is left out stays as it is.</summary>
public sealed record ModelChange
{
    /// <summary>The new name, which minions that use the model follow; null to leave it.</summary>
    public string? CustomName { get; init; }

    /// <summary>Whether it stays in memory once it is loaded; null to leave it.</summary>
    public bool? Pinned { get; init; }

    /// <summary>The minutes without a request after which it is unloaded, 1 to 10,080; null for the default of the model host.</summary>
    public int? KeepAliveMinutes
    {
        get;
        init => (field, ChangesKeepAlive) = (value, true);
    }

    /// <summary>The context in tokens with which it is loaded, rounded up to 256; null for the default of the model host.</summary>
    public int? ContextLength
    {
        get;
        init => (field, ChangesContext) = (value, true);
    }

    /// <summary>True where <see cref="KeepAliveMinutes"/> was given, also as null.</summary>
    [JsonIgnore]
    public bool ChangesKeepAlive { get; private init; }

    /// <summary>True where <see cref="ContextLength"/> was given, also as null.</summary>
    [JsonIgnore]
    public bool ChangesContext { get; private init; }
}
