using Republic.Core;
using Republic.Core.Lora.Graph;

namespace Republic.Tests.Unit.Lora;

/// <summary>The wrapper of ggml's graphs, on the CPU.</summary>
public sealed class ComputeGraphTests : IDisposable
{
    private readonly ComputeBackend backend = ComputeBackend.Cpu(threads: 1);

    [Fact]
    public void A_graph_computes_what_its_operations_say()
    {
        using var workspace = new GraphWorkspace(backend);
        using var graph = workspace.Begin();
        var weight = graph.Input(new float[] { 1, 2, 3, 4, 5, 6 }, new(3, 2));
        var x = graph.Input(new float[] { 1, 0, -1 }, new(3));

        var y = graph.Output(graph.Scale(graph.MatMul(weight, x), 10));
        graph.Compute();

        Assert.Equal([-20, -20], y.ToArray());
        Assert.Empty(graph.Unsupported());
    }

    [Fact]
    public void Weights_of_one_block_of_inputs_are_never_repacked()
    {
        using var workspace = new GraphWorkspace(backend);
        using var graph = workspace.Begin();

        Assert.All(
            backend.RepackBufferTypes,
            type =>
            {
                Assert.False(backend.Repacks(graph.New(TensorType.Q4_0, new(32, 64)), type));
            }
        );
        Assert.Equal(
            backend.RepackBufferTypes.Count > 0,
            backend.RepackBufferTypes.Any(type => backend.Repacks(graph.New(TensorType.Q4_0, new(64, 64)), type))
        );
    }

    [Fact]
    public void A_workspace_serves_one_graph_after_another()
    {
        using var workspace = new GraphWorkspace(backend);
        var results = new List<float>();
        for (var i = 1; i <= 3; i++)
        {
            using var graph = workspace.Begin();
            var sum = graph.Output(graph.Sum(graph.Input(Enumerable.Repeat((float)i, 100 * i).ToArray(), new(100 * i))));
            graph.Compute();
            results.Add(sum.ToArray()[0]);
        }

        Assert.Equal([100, 400, 900], results);
        Assert.True(workspace.Bytes >= 300 * sizeof(float));
    }

    [Fact]
    public void Tensors_of_a_store_outlive_the_graphs_that_change_them()
    {
        using var store = new TensorStore(1);
        var total = store.Add(TensorType.F32, new(2), "total");
        store.Allocate(backend);
        using var workspace = new GraphWorkspace(backend);
        for (var i = 0; i < 3; i++)
        {
            using var graph = workspace.Begin();
            graph.Include(graph.AddInPlace(total, graph.Input(new float[] { 1, i }, new(2))));
            graph.Compute();
        }

        Assert.Equal([3, 3], total.ToArray());
    }

    [Fact]
    public void Ggml_derives_the_gradient_of_a_loss()
    {
        using var store = new TensorStore(3);
        var (weight, gradient) = (store.Add(TensorType.F32, new(2, 1)), store.Add(TensorType.F32, new(2, 1)));
        var seed = store.Add(TensorType.F32, new(1));
        store.Allocate(backend);
        ComputeGraph.MarkParameter(weight);
        weight.Write([3f, 4f]);
        seed.Write([2f]);
        using var workspace = new GraphWorkspace(backend, gradients: true);
        using var graph = workspace.Begin();

        var loss = graph.Sum(graph.MatMul(weight, graph.Input(new float[] { 5, 6, 7, 8 }, new(2, 2))));
        graph.Differentiate(loss, seed, [(weight, gradient)]);
        graph.Compute();

        Assert.Equal([2 * (5 + 7), 2 * (6 + 8)], gradient.ToArray());
    }

    [Fact]
    public void What_does_not_fit_is_an_exception_and_not_the_end_of_the_process()
    {
        using var store = new TensorStore(1);
        using var workspace = new GraphWorkspace(backend, nodes: 8);
        using var graph = workspace.Begin();
        var a = graph.Input(new float[6], new(3, 2));
        var b = graph.Input(new float[6], new(2, 3));

        Assert.Throws<TensorShapeException>(() => graph.MatMul(a, b));
        Assert.Throws<TensorShapeException>(() => graph.MatMul(graph.Transpose(b), a));
        Assert.Throws<TensorShapeException>(() => graph.Add(a, b));
        Assert.Throws<TensorShapeException>(() => graph.Reshape(a, new(4)));
        Assert.Throws<TensorShapeException>(() => graph.Input(new float[5], new(3, 2)));
        Assert.Throws<TensorShapeException>(() => store.Add(TensorType.Q8_0, new(33, 2)));
        Assert.Throws<InvalidOperationException>(() => Enumerable.Range(0, 8).Select(_ => graph.Silu(a)).ToList());
    }

    [Fact]
    public void Too_little_memory_is_an_exception_and_leaves_the_workspace_usable()
    {
        using var workspace = new GraphWorkspace(backend);
        using (var graph = workspace.Begin())
        {
            graph.Output(graph.Repeat(graph.Input(new float[] { 1 }, new(1)), new(1L << 45)));
            Assert.Throws<DeviceMemoryException>(graph.Compute);
        }

        using var next = workspace.Begin();
        var sum = next.Output(next.Sum(next.Input(new float[] { 1, 2, 3 }, new(3))));
        next.Compute();

        Assert.Equal([6], sum.ToArray());
    }

    [Fact]
    public void A_second_graph_waits_for_the_first_to_be_disposed()
    {
        using var workspace = new GraphWorkspace(backend);
        using var graph = workspace.Begin();

        Assert.Throws<InvalidOperationException>(workspace.Begin);
    }

    public void Dispose() => backend.Dispose();
}
