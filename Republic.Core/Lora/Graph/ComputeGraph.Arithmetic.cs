using Republic.Core.Llama.Native.Ggml;

namespace Republic.Core.Lora.Graph;

internal sealed unsafe partial class ComputeGraph
{
    /// <summary>a + b; b is repeated where it is shorter.</summary>
    public Tensor Add(Tensor a, Tensor b) => Note(GgmlApi.ggml_add(Elementwise(a, b), a.Pointer, b.Pointer));

    /// <summary>Adds b to a tensor that outlives the graph, such as a gradient; happens only if <see cref="Include"/>d.</summary>
    public Tensor AddInPlace(Tensor a, Tensor b) => Note(GgmlApi.ggml_add_inplace(Elementwise(a, b), a.Pointer, b.Pointer));

    public Tensor Subtract(Tensor a, Tensor b) => Note(GgmlApi.ggml_sub(Elementwise(a, b), a.Pointer, b.Pointer));

    /// <summary>a · b, number by number; b is repeated where it is shorter.</summary>
    public Tensor Multiply(Tensor a, Tensor b) => Note(GgmlApi.ggml_mul(Elementwise(a, b), a.Pointer, b.Pointer));

    public Tensor Scale(Tensor a, float factor)
    {
        RequireFloats(a);
        return Note(GgmlApi.ggml_scale(Room(), a.Pointer, factor));
    }

    /// <summary>factor · a + summand, for each number.</summary>
    public Tensor ScaleAdd(Tensor a, float factor, float summand)
    {
        RequireFloats(a);
        return Note(GgmlApi.ggml_scale_bias(Room(), a.Pointer, factor, summand));
    }

    /// <summary>The sum of all numbers, as a tensor of one.</summary>
    public Tensor Sum(Tensor a)
    {
        RequireFloats(a);
        return Note(GgmlApi.ggml_sum(Room(), a.Pointer));
    }

    /// <summary>
    /// W x: [k, m] and [k, n] give [m, n], whatever type the weight is stored in. The third and fourth axis are batches;
    /// the weight's are repeated where they are shorter.
    /// </summary>
    public Tensor MatMul(Tensor weight, Tensor x)
    {
        var (w, v) = (weight.Shape, x.Shape);
        var fits = w.A == v.A && v.C % w.C == 0 && v.D % w.D == 0;
        Require(fits, $"A weight of {weight} cannot be applied to {x}");
        Require(weight.IsContiguous, $"A weight must be contiguous, and {weight} is not");
        RequireFloats(x, contiguous: false);
        Require(x.Pointer->nb[0] == sizeof(float), $"The rows of {x} must lie in order");
        return Note(GgmlApi.ggml_mul_mat(Room(), weight.Pointer, x.Pointer));
    }

    /// <summary>
    /// a bᵀ, summed over the second axis: [m, k] and [n, k] give [m, n]. What the gradient of a weight is made of. For one
    /// operand of few rows it is several times as fast as transposing both.
    /// </summary>
    public Tensor OuterProduct(Tensor a, Tensor b)
    {
        var (p, q) = (a.Shape, b.Shape);
        Require(p.B == q.B && q.C % p.C == 0 && q.D % p.D == 0, $"{a} and {b} have no common second axis to sum over");
        RequireFloats(a);
        RequireFloats(b);
        return workspace.Backend.ComputesOuterProducts ? NewOuterProduct(a, b) : MatMul(Transposed(a), Transposed(b));
    }

    internal Tensor NewOuterProduct(Tensor a, Tensor b) => Note(GgmlApi.ggml_out_prod(Room(), a.Pointer, b.Pointer));

    /// <summary>Rows of a table of any type, as F32: [n, rows]. Rows outside the table end the process: check them before.</summary>
    public Tensor Rows(Tensor table, Tensor indices)
    {
        Require(indices.Type == TensorType.I32 && indices.Shape == new TensorShape(indices.Shape.A), $"{indices} is no list of rows");
        Require(table.Shape.C == 1 && table.Shape.D == 1 && table.IsContiguous, $"{table} is no table");
        return Note(GgmlApi.ggml_get_rows(Room(), table.Pointer, indices.Pointer));
    }

    /// <summary>The gradient of a table whose rows were taken: each row of the gradient added to its place, all else 0.</summary>
    public Tensor RowsBack(Tensor gradient, Tensor indices, Tensor table)
    {
        var shape = gradient.Shape;
        Require(shape.A == table.Shape.A && shape.B == indices.Count && shape.C == 1 && shape.D == 1, $"{gradient} is no gradient of rows");
        Require(indices.Type == TensorType.I32 && table.Shape.C == 1 && table.Shape.D == 1, $"{indices} is no list of rows of {table}");
        RequireFloats(gradient);
        RequireFloats(table);
        return Note(GgmlApi.ggml_get_rows_back(Room(), gradient.Pointer, indices.Pointer, table.Pointer));
    }

    private nint Elementwise(Tensor a, Tensor b)
    {
        Require(b.Shape.Tiles(a.Shape), $"{b} cannot be repeated to the shape of {a}");
        RequireFloats(a, contiguous: false);
        RequireFloats(b);
        return Room();
    }

    private static void RequireFloats(Tensor tensor, bool contiguous = true) =>
        Require(
            tensor.Type == TensorType.F32 && (!contiguous || tensor.IsContiguous),
            $"{tensor} should be contiguous F32; Contiguous() or Cast() makes it so"
        );
}
