namespace Republic.Core.PersonalModels.Managing;

/// <summary>The limits of the settings with which a model is kept in memory.</summary>
public static class ModelSettings
{
    /// <summary>Seven days; what is to stay for longer is pinned.</summary>
    public const int LongestKeepAlive = 7 * 24 * 60;

    public const int ShortestContext = 256;

    public const int LongestContext = 1 << 20;

    /// <summary>Each invalid field, with what to do about it.</summary>
    internal static IEnumerable<FieldError> Problems(ModelChange change)
    {
        if (change.KeepAliveMinutes is < 1)
        {
            yield return new("keep_alive_minutes", "A model is kept in memory for at least 1 minute. Give none for the default.");
        }
        else if (change.KeepAliveMinutes > LongestKeepAlive)
        {
            yield return new(
                "keep_alive_minutes",
                "A model is kept in memory for at most 10,080 minutes, which are 7 days. For longer, pin it instead, then it stays until you unpin it."
            );
        }

        if (change.ContextLength is < ShortestContext or > LongestContext)
        {
            yield return new("context_length", "A context has 256 to 1,048,576 tokens. Give none for the default.");
        }
    }

    internal static void Put(ModelChange change, PersonalModel model)
    {
        model.IsPinned = change.Pinned ?? model.IsPinned;
        model.KeepAliveMinutes = change.ChangesKeepAlive ? change.KeepAliveMinutes : model.KeepAliveMinutes;
        // llama.cpp pads a context to this anyway.
        model.ContextLength = change.ChangesContext
            ? (change.ContextLength + ShortestContext - 1) / ShortestContext * ShortestContext
            : model.ContextLength;
    }
}
