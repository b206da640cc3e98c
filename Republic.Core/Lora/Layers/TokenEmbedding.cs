using System.Numerics.Tensors;
using Republic.Core.Lora.Graph;
using Republic.Core.Lora.Weights;

namespace Republic.Core.Lora.Layers;

/// <summary>Looks tokens up in the table of embeddings, on the CPU: few devices can do that with every type.</summary>
/// <param name="scale">What they are multiplied by.</param>
internal sealed class TokenEmbedding(WeightsFile file, float scale) : IDisposable
{
    private readonly ComputeBackend cpu = ComputeBackend.Cpu(1);
    private GraphWorkspace? workspace;

    /// <param name="tokens">Each below the vocabulary's size.</param>
    /// <param name="values">[width, tokens].</param>
    public void Fill(int[] tokens, Span<float> values)
    {
        workspace ??= new GraphWorkspace(cpu, nodes: 8);
        using var graph = workspace.Begin();
        var rows = graph.Output(graph.Rows(file.Tensors["token_embd.weight"], graph.Input(tokens)));
        graph.Compute();
        rows.Read(values);
        if (scale != 1)
        {
            TensorPrimitives.Multiply(values, scale, values);
        }
    }

    public void Dispose()
    {
        workspace?.Dispose();
        cpu.Dispose();
    }
}
