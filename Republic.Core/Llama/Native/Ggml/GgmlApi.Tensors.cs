using System.Runtime.InteropServices;

namespace Republic.Core.Llama.Native.Ggml;

/// <summary>ggml.h: contexts, tensors and their shapes.</summary>
internal static unsafe partial class GgmlApi
{
    private const string Base = NativeLibraries.GgmlBase;

    [LibraryImport(Base)]
    public static partial nint ggml_init(GgmlInitParams parameters);

    [LibraryImport(Base)]
    public static partial void ggml_free(nint context);

    [LibraryImport(Base)]
    public static partial nuint ggml_tensor_overhead();

    [LibraryImport(Base)]
    public static partial long ggml_blck_size(int type);

    [LibraryImport(Base)]
    public static partial nuint ggml_type_size(int type);

    [LibraryImport(Base)]
    public static partial nuint ggml_nbytes(GgmlTensor* tensor);

    [LibraryImport(Base)]
    public static partial byte ggml_is_contiguous(GgmlTensor* tensor);

    [LibraryImport(Base)]
    public static partial nint ggml_op_desc(GgmlTensor* tensor);

    [LibraryImport(Base)]
    public static partial GgmlTensor* ggml_new_tensor_4d(nint context, int type, long ne0, long ne1, long ne2, long ne3);

    [LibraryImport(Base, StringMarshalling = StringMarshalling.Utf8)]
    public static partial GgmlTensor* ggml_set_name(GgmlTensor* tensor, string name);

    [LibraryImport(Base)]
    public static partial void ggml_set_input(GgmlTensor* tensor);

    [LibraryImport(Base)]
    public static partial void ggml_set_output(GgmlTensor* tensor);

    [LibraryImport(Base)]
    public static partial void ggml_set_param(GgmlTensor* tensor);

    [LibraryImport(Base)]
    public static partial void ggml_set_loss(GgmlTensor* tensor);

    [LibraryImport(Base)]
    public static partial GgmlTensor* ggml_reshape_4d(nint context, GgmlTensor* a, long ne0, long ne1, long ne2, long ne3);

    [LibraryImport(Base)]
    public static partial GgmlTensor* ggml_view_4d(
        nint context,
        GgmlTensor* a,
        long ne0,
        long ne1,
        long ne2,
        long ne3,
        nuint nb1,
        nuint nb2,
        nuint nb3,
        nuint offset
    );

    [LibraryImport(Base)]
    public static partial GgmlTensor* ggml_permute(nint context, GgmlTensor* a, int axis0, int axis1, int axis2, int axis3);

    [LibraryImport(Base)]
    public static partial GgmlTensor* ggml_transpose(nint context, GgmlTensor* a);

    [LibraryImport(Base)]
    public static partial GgmlTensor* ggml_cont(nint context, GgmlTensor* a);

    [LibraryImport(Base)]
    public static partial GgmlTensor* ggml_cpy(nint context, GgmlTensor* a, GgmlTensor* b);

    [LibraryImport(Base)]
    public static partial GgmlTensor* ggml_cast(nint context, GgmlTensor* a, int type);

    [LibraryImport(Base)]
    public static partial GgmlTensor* ggml_repeat_4d(nint context, GgmlTensor* a, long ne0, long ne1, long ne2, long ne3);
}
