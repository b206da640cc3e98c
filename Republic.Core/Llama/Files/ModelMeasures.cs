using System.Text.Json;

namespace Republic.Core.Llama.Files;

/// <summary>Measurements of a model, in a file beside it: <c>sprout.facts.json</c> for <c>sprout.gguf</c>.</summary>
internal sealed record ModelMeasures
{
    public const string Extension = ".facts.json";

    /// <summary>The tokens of a prompt up to which it answers well; null where nobody has measured them.</summary>
    public int? AnswersWellUpTo { get; init; }

    /// <exception cref="InvalidDataException">There is such a file, and it says no such thing.</exception>
    public static ModelMeasures Of(ModelFile model)
    {
        var path = Path.ChangeExtension(model.Path, Extension);
        if (!File.Exists(path))
        {
            return new ModelMeasures();
        }

        try
        {
            var read = JsonSerializer.Deserialize<ModelMeasures>(File.ReadAllBytes(path), SnakeCaseJson.Strict);
            if (read is not { AnswersWellUpTo: <= 0 })
            {
                return read ?? new ModelMeasures();
            }
        }
        catch (JsonException)
        {
            // Said below.
        }

        throw new InvalidDataException(
            $"{Path.GetFileName(path)} beside it has to be {{\"answers_well_up_to\": N}}, with a whole number of tokens above 0."
        );
    }
}
