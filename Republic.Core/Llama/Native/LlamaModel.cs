using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using Republic.Core.Llama.Grammars;
using Republic.Core.Llama.Native.Ggml;
using Republic.Core.Llama.Templates;

namespace Republic.Core.Llama.Native;

/// <summary>Weights and vocabulary of one GGUF file, mapped into memory and shared by all its contexts.</summary>
internal sealed unsafe class LlamaModel : SafeHandle
{
    private const char WordJoiner = '\u2060';
    private const int LongestPieceHere = 512;
    private readonly nint vocabulary;
    private readonly Lazy<string[]> controlTexts;
    private readonly Lazy<int> longestPiece;
    private readonly Lazy<int[]> endTokens;
    private readonly Lazy<TokenTable> tokens;

    private LlamaModel(nint model)
        : base(0, ownsHandle: true)
    {
        SetHandle(model);
        vocabulary = LlamaApi.llama_model_get_vocab(model);
        VocabularySize = LlamaApi.llama_vocab_n_tokens(vocabulary);
        ContextLength = LlamaApi.llama_model_n_ctx_train(model);
        EmbeddingLength = LlamaApi.llama_model_n_embd(model);
        HeadLength = EmbeddingLength / Math.Max(LlamaApi.llama_model_n_head(model), 1);
        Window = LlamaApi.llama_model_n_swa(model);
        KeepsStates = LlamaApi.llama_model_is_recurrent(model) != 0 || LlamaApi.llama_model_is_hybrid(model) != 0;
        Bytes = (long)LlamaApi.llama_model_size(model);
        Parameters = (long)LlamaApi.llama_model_n_params(model);
        HasEncoder = LlamaApi.llama_model_has_encoder(model) != 0;
        controlTexts = new(() => [.. Enumerable.Range(0, VocabularySize).Select(ControlText).OfType<string>()]);
        longestPiece = new(() => Enumerable.Range(0, VocabularySize).Select(PieceLength).Append(1).Max());
        endTokens = new(() => [.. Enumerable.Range(0, VocabularySize).Where(EndsGeneration)]);
        tokens = new(() => new TokenTable([.. Enumerable.Range(0, VocabularySize).Select(Piece)]));
        Name = Text("general.name");
        TemplateTokens = new TemplateTokens(
            TokenText(LlamaApi.llama_vocab_bos(vocabulary)),
            TokenText(LlamaApi.llama_vocab_eos(vocabulary)),
            LlamaApi.llama_vocab_get_add_bos(vocabulary) != 0
        );
        ChatTemplate = Marshal.PtrToStringUTF8(LlamaApi.llama_model_chat_template(model, null));
    }

    public override bool IsInvalid => handle == 0;

    internal nint Pointer => handle;

    /// <summary>llama.cpp keeps a list of a model's adapters and guards it by nothing.</summary>
    internal Lock AdapterGate { get; } = new();

    public int VocabularySize { get; }

    /// <summary>How many tokens the model was trained to read at a time.</summary>
    public int ContextLength { get; }

    public int EmbeddingLength { get; }

    /// <summary>How many numbers each attention head works on.</summary>
    public int HeadLength { get; }

    /// <summary>How many of the latest tokens those layers attend to that do not attend to all; 0 where all do.</summary>
    public int Window { get; }

    /// <summary>Some layers keep one state for all that was read, which cannot be cut back to what an earlier token left.</summary>
    public bool KeepsStates { get; }

    public long Bytes { get; }

    public long Parameters { get; }

    /// <summary>Such a model reads its input apart from what it writes, as T5 does; it can make embeddings here, and no answers.</summary>
    public bool HasEncoder { get; }

    public string? ChatTemplate { get; }

    /// <summary>Its own template, for conversations with tools.</summary>
    public ModelTemplate Template => ModelTemplate.Of(ChatTemplate, TemplateTokens);

    /// <summary>The tokens that the template may write itself.</summary>
    public TemplateTokens TemplateTokens { get; }

    /// <summary>As whoever made it called it; the file may be called otherwise.</summary>
    public string? Name { get; }

    /// <param name="onCpu">Leaves GPUs out.</param>
    /// <exception cref="InvalidDataException">The library refuses the file; the message holds its reason.</exception>
    /// <exception cref="DeviceMemoryException">There is no memory for it.</exception>
    public static LlamaModel Load(string path, bool onCpu = false)
    {
        LlamaRuntime.EnsureStarted();
        LlamaRuntime.TakeError();
        var parameters = LlamaApi.llama_model_default_params();
        if (onCpu)
        {
            parameters.n_gpu_layers = 0;
        }

        var model = LlamaApi.llama_model_load_from_file(path, parameters);
        if (model != 0 && LlamaApi.llama_model_n_embd(model) <= GgmlLimits.InputsNotToRepack)
        {
            LlamaApi.llama_model_free(model);
            parameters.use_extra_bufts = 0;
            model = LlamaApi.llama_model_load_from_file(path, parameters);
        }

        return model != 0 ? new LlamaModel(model) : throw LlamaRuntime.Refusal("");
    }

    /// <param name="special">Whether to read control tokens such as <c>&lt;|im_end|&gt;</c> as such, and to add what begins a text.</param>
    /// <param name="begins">False for a text that goes on from another one.</param>
    public int[] Tokenize(string text, bool special = true, bool begins = true)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        var rented = ArrayPool<int>.Shared.Rent(utf8.Length + 8);
        try
        {
            fixed (byte* from = utf8)
            fixed (int* to = rented)
            {
                var (add, parse) = ((byte)(special && begins ? 1 : 0), (byte)(special ? 1 : 0));
                var count = LlamaApi.llama_tokenize(vocabulary, from, utf8.Length, to, rented.Length, add, parse);
                return count >= 0 ? rented[..count] : throw new InvalidOperationException("The text has more tokens than bytes.");
            }
        }
        finally
        {
            ArrayPool<int>.Shared.Return(rented);
        }
    }

    /// <summary>
    /// What people write must not end a turn or begin one in another's name: where a text spells a control token, an
    /// invisible character keeps it from being read as one.
    /// </summary>
    public string Defuse(string text) =>
        controlTexts.Value.Aggregate(
            text,
            (safe, control) => safe.Replace(control, control.Insert(1, $"{WordJoiner}"), StringComparison.Ordinal)
        );

    /// <summary>The token that ends a text; null in the few models that have none.</summary>
    public int? EndToken => LlamaApi.llama_vocab_eos(vocabulary) is >= 0 and var token ? token : null;

    /// <summary>The token that begins a text, in a model whose file says that none is to be added; null in all others.</summary>
    public int? UnusedBeginToken =>
        LlamaApi.llama_vocab_get_add_bos(vocabulary) == 0 && LlamaApi.llama_vocab_bos(vocabulary) is >= 0 and var token ? token : null;

    public bool EndsGeneration(int token) => LlamaApi.llama_vocab_is_eog(vocabulary, token) != 0;

    /// <summary>All tokens that end an answer.</summary>
    public IReadOnlyList<int> EndTokens => endTokens.Value;

    /// <summary>What each token stands for.</summary>
    public TokenTable Tokens => tokens.Value;

    /// <summary>How many bytes of text a token stands for at most.</summary>
    public int LongestPiece => longestPiece.Value;

    /// <summary>Writes a token's bytes, which need not be whole characters, and returns their number; control tokens have none.</summary>
    public int Piece(int token, Span<byte> buffer)
    {
        fixed (byte* to = buffer)
        {
            var length = LlamaApi.llama_token_to_piece(vocabulary, token, to, buffer.Length, 0, 0);
            return length >= 0 ? length : throw new InvalidDataException($"Token {token} is longer than {buffer.Length} bytes.");
        }
    }

    private byte[] Piece(int token)
    {
        if (ControlText(token) is { } control)
        {
            // Some models have a control token for what marks a call, which is text where calls are written and read.
            var calls = Template.Calls;
            var isMark = !EndsGeneration(token) && $"{calls.Begin}{calls.Separator}{calls.End}".Contains(control, StringComparison.Ordinal);
            return isMark ? Encoding.UTF8.GetBytes(control) : [];
        }

        Span<byte> piece = stackalloc byte[LongestPieceHere];
        return piece[..Piece(token, piece)].ToArray();
    }

    private string? Text(string key)
    {
        Span<byte> value = stackalloc byte[256];
        fixed (byte* to = value)
        {
            var length = LlamaApi.llama_model_meta_val_str(handle, key, to, (nuint)value.Length);
            return length < 0 ? null : Encoding.UTF8.GetString(value[..Math.Min(length, value.Length - 1)]);
        }
    }

    private string TokenText(int token) =>
        token >= 0 ? Marshal.PtrToStringUTF8(LlamaApi.llama_vocab_get_text(vocabulary, token)) ?? "" : "";

    // Without room for it, its length comes back with the sign turned.
    private int PieceLength(int token) => Math.Abs(LlamaApi.llama_token_to_piece(vocabulary, token, null, 0, 0, 0));

    private string? ControlText(int token) =>
        LlamaApi.llama_vocab_is_control(vocabulary, token) != 0
        && Marshal.PtrToStringUTF8(LlamaApi.llama_vocab_get_text(vocabulary, token)) is { Length: > 2 } text
            ? text
            : null;

    protected override bool ReleaseHandle()
    {
        LlamaApi.llama_model_free(handle);
        return true;
    }
}
