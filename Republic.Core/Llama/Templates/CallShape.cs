namespace Republic.Core.Llama.Templates;

/// <summary>How a template wants a message that calls tools, which no standard says.</summary>
/// <param name="NullContent">Its content is null, and not an empty text, where the model wrote nothing beside the calls.</param>
/// <param name="TextArguments">The arguments are JSON in a text, and not an object.</param>
internal readonly record struct CallShape(bool NullContent, bool TextArguments)
{
    /// <summary>All there are, those first that most templates are written for.</summary>
    public static CallShape[] All { get; } = [new(false, false), new(true, false), new(false, true), new(true, true)];
}
