using System.Text.Json.Nodes;
using Republic.Core.Llama.Files;

namespace Republic.Tests.World;

/// <summary>The built-in model under another name: as small and as measured, and asked as any model is.</summary>
public static class SproutCopy
{
    private const string Name = "sprout-copy";

    /// <summary>Puts it among the models of an app, and gives what a minion on it has besides.</summary>
    public static JsonObject In(SharedRepublic republic)
    {
        var folder = Directory.CreateDirectory(Path.Combine(republic.DataFolder, "models")).FullName;
        foreach (var extension in new[] { ".gguf", ModelMeasures.Extension })
        {
            File.Copy(Path.ChangeExtension(GgufMutations.SproutPath, extension), Path.Combine(folder, Name + extension), overwrite: true);
        }

        return new JsonObject { ["model_id"] = Name };
    }
}
