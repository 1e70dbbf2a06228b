using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Arena.Inference.Native;

/// <summary>Reads what a session declares about its inputs and outputs.</summary>
internal static unsafe class ValueInfoReader
{
    public static ImmutableArray<ValueInfo> Inputs(OrtApi api, nint session) =>
        All(api, session, OrtSlot.SessionGetInputCount, OrtSlot.SessionGetInputName, OrtSlot.SessionGetInputTypeInfo);

    public static ImmutableArray<ValueInfo> Outputs(OrtApi api, nint session) =>
        All(api, session, OrtSlot.SessionGetOutputCount, OrtSlot.SessionGetOutputName, OrtSlot.SessionGetOutputTypeInfo);

    private static ImmutableArray<ValueInfo> All(OrtApi api, nint session, int countSlot, int nameSlot, int typeSlot)
    {
        nuint count;
        api.Check(((delegate* unmanaged<nint, nuint*, nint>)api[countSlot])(session, &count));
        var values = ImmutableArray.CreateBuilder<ValueInfo>((int)count);
        for (nuint i = 0; i < count; i++)
        {
            byte* name;
            api.Check(((delegate* unmanaged<nint, nuint, nint, byte**, nint>)api[nameSlot])(session, i, api.Allocator, &name));
            string text = api.TakeString(name);
            nint type;
            api.Check(((delegate* unmanaged<nint, nuint, nint*, nint>)api[typeSlot])(session, i, &type));
            try
            {
                values.Add(One(api, text, type));
            }
            finally
            {
                api.Release(OrtSlot.ReleaseTypeInfo, type);
            }
        }

        return values.MoveToImmutable();
    }

    private static ValueInfo One(OrtApi api, string name, nint type)
    {
        int kind;
        api.Check(((delegate* unmanaged<nint, int*, nint>)api[OrtSlot.GetOnnxTypeFromTypeInfo])(type, &kind));
        if (kind != (int)ValueKind.Tensor)
            return new ValueInfo(name, (ValueKind)kind, TensorElementType.Undefined, [], []);

        // the tensor's part belongs to the type info and goes with it
        nint shape;
        api.Check(((delegate* unmanaged<nint, nint*, nint>)api[OrtSlot.CastTypeInfoToTensorInfo])(type, &shape));
        int element;
        api.Check(((delegate* unmanaged<nint, int*, nint>)api[OrtSlot.GetTensorElementType])(shape, &element));
        nuint rank;
        api.Check(((delegate* unmanaged<nint, nuint*, nint>)api[OrtSlot.GetDimensionsCount])(shape, &rank));
        long[] dimensions = new long[rank];
        byte*[] symbols = new byte*[rank];
        fixed (long* d = dimensions)
            api.Check(((delegate* unmanaged<nint, long*, nuint, nint>)api[OrtSlot.GetDimensions])(shape, d, rank));
        fixed (byte** s = symbols)
            api.Check(((delegate* unmanaged<nint, byte**, nuint, nint>)api[OrtSlot.GetSymbolicDimensions])(shape, s, rank));
        var names = ImmutableArray.CreateBuilder<string>((int)rank);
        foreach (byte* symbol in symbols)
            names.Add(Marshal.PtrToStringUTF8((nint)symbol) ?? "");
        return new ValueInfo(name, ValueKind.Tensor, (TensorElementType)element, ImmutableCollectionsMarshal.AsImmutableArray(dimensions), names.MoveToImmutable());
    }
}
