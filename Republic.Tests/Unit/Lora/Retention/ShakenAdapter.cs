using Republic.Core;
using Republic.Core.Llama.Gguf;
using Republic.Core.Lora;
using Republic.Core.Lora.Adapters;
using Republic.Core.Lora.Graph;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Lora.Retention;

/// <summary>An adapter of the built-in model that was not trained, but shaken.</summary>
internal static class ShakenAdapter
{
    public static string Write(string folder, double deviation)
    {
        var path = Path.Combine(folder, $"shaken-{deviation}.gguf");
        var shape = new LoraShape(4, 8, 0, LoraShape.Modules);
        using var model = LoraModel.Open(
            GgufMutations.SproutPath,
            shape,
            new LoraModelSettings(Seed: 7) { TransposedType = TensorType.F32 }
        );
        var random = new SeededRandom(3);
        foreach (var parameter in model.Parameters)
        {
            for (var i = 0; i < parameter.Values.Length; i++)
            {
                parameter.Values[i] += (float)(deviation * random.NextNormal());
            }
        }

        var facts = new AdapterFacts(
            model.Architecture.Name,
            "shaken",
            "sprout",
            GgufHash.Of(GgufMutations.SproutPath),
            shape.Rank,
            shape.Alpha,
            shape.TargetModules
        );
        AdapterFile.Write(path, facts, [.. model.Parameters.Select(p => new AdapterTensor(p.Name, p.Columns, p.Rows, p.Values))]);
        return path;
    }
}
