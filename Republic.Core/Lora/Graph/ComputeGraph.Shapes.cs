using Republic.Core.Llama.Native.Ggml;

namespace Republic.Core.Lora.Graph;

internal sealed unsafe partial class ComputeGraph
{
    /// <summary>The same numbers under other lengths.</summary>
    public Tensor Reshape(Tensor a, TensorShape shape)
    {
        Require(a.IsContiguous && shape.IsPositive && shape.Count == a.Count, $"{a} cannot be reshaped to {shape}");
        return Note(GgmlApi.ggml_reshape_4d(Room(), a.Pointer, shape.A, shape.B, shape.C, shape.D));
    }

    /// <summary>A view with the axes in another order: axis i of the tensor becomes axis <c>axes[i]</c>.</summary>
    public Tensor Permute(Tensor a, int axis0, int axis1, int axis2, int axis3)
    {
        var seen = (1 << axis0) | (1 << axis1) | (1 << axis2) | (1 << axis3);
        Require(seen == 0b1111, $"({axis0}, {axis1}, {axis2}, {axis3}) is no order of four axes");
        return Note(GgmlApi.ggml_permute(Room(), a.Pointer, axis0, axis1, axis2, axis3));
    }

    /// <summary>A view with the first two axes swapped.</summary>
    public Tensor Transpose(Tensor a) => Note(GgmlApi.ggml_transpose(Room(), a.Pointer));

    /// <summary>A copy whose numbers lie in order: ggml's fast matrix product wants that of both operands.</summary>
    public Tensor Contiguous(Tensor a)
    {
        Require(GgmlApi.ggml_blck_size((int)a.Type) == 1, $"{a} is stored in blocks and cannot be put in another order");
        return Note(GgmlApi.ggml_cont(Room(), a.Pointer));
    }

    /// <summary>As <see cref="Transpose"/>, copied into order.</summary>
    public Tensor Transposed(Tensor a) => Contiguous(Transpose(a));

    /// <summary>A rectangle of a matrix: columns from a first one on, of all rows.</summary>
    public Tensor Columns(Tensor a, long first, long count)
    {
        var shape = a.Shape;
        Require(GgmlApi.ggml_blck_size((int)a.Type) == 1, $"{a} is stored in blocks and cannot be cut");
        Require(first >= 0 && count > 0 && first + count <= shape.A, $"{a} has no columns {first} to {first + count}");
        var p = a.Pointer;
        var offset = (nuint)first * (nuint)p->nb[0];
        return Note(
            GgmlApi.ggml_view_4d(Room(), p, count, shape.B, shape.C, shape.D, (nuint)p->nb[1], (nuint)p->nb[2], (nuint)p->nb[3], offset)
        );
    }

    /// <summary>Copies of a tensor side by side until the shape is filled.</summary>
    public Tensor Repeat(Tensor a, TensorShape shape)
    {
        Require(a.Shape.Tiles(shape), $"{a} cannot be repeated to {shape}");
        RequireFloats(a);
        return Note(GgmlApi.ggml_repeat_4d(Room(), a.Pointer, shape.A, shape.B, shape.C, shape.D));
    }

    /// <summary>The gradient of what was repeated: the sum over its copies.</summary>
    public Tensor RepeatBack(Tensor gradient, TensorShape shape)
    {
        Require(shape.IsPositive && shape.Tiles(gradient.Shape), $"{gradient} is no repetition of {shape}");
        RequireFloats(gradient);
        return Note(GgmlApi.ggml_repeat_back(Room(), gradient.Pointer, New(TensorType.F32, shape).Pointer));
    }

    /// <summary>The same numbers stored as another type, in order; of 32-bit numbers a view will do.</summary>
    public Tensor Cast(Tensor a, TensorType type)
    {
        Require(
            (a.IsContiguous || (a.Type == TensorType.F32 && type is TensorType.F16 or TensorType.BF16))
                && a.Shape.A % GgmlApi.ggml_blck_size((int)type) == 0,
            $"{a} cannot be stored as {type}"
        );
        return a.Type == type ? a : Note(GgmlApi.ggml_cast(Room(), a.Pointer, (int)type));
    }

    /// <summary>Writes a tensor into one that outlives the graph, converting to its type; happens only if <see cref="Include"/>d.</summary>
    public Tensor CopyTo(Tensor from, Tensor to)
    {
        Require(from.Count == to.Count && to.IsContiguous, $"{from} cannot be written into {to}");
        return Note(GgmlApi.ggml_cpy(Room(), from.Pointer, to.Pointer));
    }
}
