using Republic.Core.Inference.Http;

namespace Republic.Core.Inference.Pool;

/// <summary>How a model is loaded, and how long it stays in memory.</summary>
/// <param name="ContextLength">Tokens per sequence; a model that was trained on fewer gets fewer.</param>
/// <param name="KeepAlive">The time without a request after which it is unloaded.</param>
internal sealed record LoadSettings(int ContextLength, TimeSpan KeepAlive)
{
    /// <summary>Whether the model gives way to no other one, and does not expire.</summary>
    public bool IsPinned { get; init; }

    /// <summary>Whether the model belongs to a person, who can choose another context for it.</summary>
    public bool IsOwn { get; init; }

    /// <summary>Whether the model is loaded however little memory there is; models that nobody uses give way first.</summary>
    public bool LoadAnyway { get; init; }

    /// <param name="own">What the owner of the model chose; null for a model that is everybody's.</param>
    public static LoadSettings Of(InstalledFile? own, ModelHostArguments arguments) =>
        new(own?.ContextLength ?? arguments.ContextLength, TimeSpan.FromMinutes(own?.KeepAliveMinutes ?? arguments.KeepAliveMinutes))
        {
            IsOwn = own is not null,
            IsPinned = own?.Pinned == true,
            LoadAnyway = own?.LoadAnyway == true,
        };
}
