"""The scene of bench/run blender in Blender's Cycles: blender -b --factory-startup -P cycles.py -- FOLDER

FOLDER holds scene.json (camera, sun, objects, what is to be rendered) and scene.bin (float32 and int32, little-endian). For each number of
samples one line goes to figures.json: wall and CPU seconds of the whole render call, which builds Cycles' hierarchy, traces, and writes
colour, depth, normals and object numbers to one OpenEXR file; and, where a reference is
asked for, the error against it; the reference is rendered under another seed.
"""

import json
import os
import sys
import time

import bpy
import numpy
from mathutils import Matrix

folder = sys.argv[sys.argv.index("--") + 1]
told = json.load(open(os.path.join(folder, "scene.json"), encoding="utf-8"))
data = open(os.path.join(folder, "scene.bin"), "rb").read()


def numbers(place, kind):
    return numpy.frombuffer(data, dtype=kind, count=place["count"], offset=place["offset"])


def material(of):
    """The renderer's own model: a Lambert base under a GGX gloss, mixed by Fresnel; metals are gloss alone. Principled's base is Burley's,
    which gives back more at rough edges."""
    made = bpy.data.materials.new("material")
    made.use_nodes = True
    nodes, link = made.node_tree.nodes, made.node_tree.links.new
    nodes.clear()
    end, gloss = nodes.new("ShaderNodeOutputMaterial"), nodes.new("ShaderNodeBsdfGlossy")
    gloss.distribution, gloss.inputs["Roughness"].default_value = "GGX", of["roughness"]
    colour = (*of["colour"], 1)
    gloss.inputs["Color"].default_value = colour if of["metallic"] == 1 else (1, 1, 1, 1)
    if of["metallic"] == 1:
        link(gloss.outputs[0], end.inputs[0])
        return made
    base, mix, fresnel = (nodes.new("ShaderNode" + n) for n in ("BsdfDiffuse", "MixShader", "Fresnel"))
    base.inputs["Color"].default_value, fresnel.inputs["IOR"].default_value = colour, 1.5
    link(fresnel.outputs[0], mix.inputs[0])
    link(base.outputs[0], mix.inputs[1])
    link(gloss.outputs[0], mix.inputs[2])
    link(mix.outputs[0], end.inputs[0])
    return made


def thing(index, of):
    positions, indices = numbers(of["positions"], "<f4"), numbers(of["indices"], "<i4")
    mesh = bpy.data.meshes.new("thing")
    mesh.vertices.add(len(positions) // 3)
    mesh.vertices.foreach_set("co", positions)
    mesh.loops.add(len(indices))
    mesh.loops.foreach_set("vertex_index", indices)
    mesh.polygons.add(len(indices) // 3)
    mesh.polygons.foreach_set("loop_start", numpy.arange(0, len(indices), 3, dtype="<i4"))
    mesh.polygons.foreach_set("loop_total", numpy.full(len(indices) // 3, 3, dtype="<i4"))
    mesh.polygons.foreach_set("use_smooth", numpy.full(len(indices) // 3, of["smooth"]))
    mesh.materials.append(material(of))
    mesh.update(calc_edges=True)
    made = bpy.data.objects.new("thing", mesh)
    made.pass_index = index + 1
    bpy.context.scene.collection.objects.link(made)


def lights():
    sun = bpy.data.lights.new("sun", "SUN")
    sun.energy, sun.color, sun.angle = told["sun"]["strength"], told["sun"]["colour"], told["sun"]["angle"]
    lamp = bpy.data.objects.new("sun", sun)
    lamp.matrix_world = Matrix(told["sun"]["matrix"])
    bpy.context.scene.collection.objects.link(lamp)
    sky = told["sky"]
    image = bpy.data.images.new("sky", sky["width"], sky["height"], float_buffer=True, is_data=True)
    image.pixels.foreach_set(numbers(sky["pixels"], "<f4"))
    image.update()
    world = bpy.data.worlds.new("world")
    world.use_nodes = True
    node = world.node_tree.nodes.new("ShaderNodeTexEnvironment")
    node.image = image
    world.node_tree.links.new(node.outputs["Color"], world.node_tree.nodes["Background"].inputs["Color"])
    bpy.context.scene.world = world


def camera():
    made = bpy.data.cameras.new("camera")
    made.sensor_fit, made.angle = "HORIZONTAL", told["camera"]["angle"]
    eye = bpy.data.objects.new("camera", made)
    eye.matrix_world = Matrix(told["camera"]["matrix"])
    bpy.context.scene.collection.objects.link(eye)
    bpy.context.scene.camera = eye


def settings():
    scene = bpy.context.scene
    scene.render.engine = "CYCLES"
    scene.render.resolution_x, scene.render.resolution_y = told["width"], told["height"]
    scene.render.resolution_percentage = 100
    scene.render.threads_mode, scene.render.threads = "FIXED", told["threads"]
    cycles = scene.cycles
    cycles.device, cycles.use_denoising, cycles.use_adaptive_sampling = "CPU", False, False
    cycles.max_bounces = cycles.diffuse_bounces = cycles.glossy_bounces = told["bounces"]
    cycles.pixel_filter_type = "BOX"
    layer = bpy.context.view_layer
    layer.use_pass_z = layer.use_pass_normal = layer.use_pass_object_index = True
    return scene


def render(scene, samples, seed):
    scene.cycles.samples, scene.cycles.seed = samples, seed
    form = scene.render.image_settings
    form.file_format, form.color_depth = "OPEN_EXR_MULTILAYER", "32"
    scene.render.filepath = os.path.join(folder, "frame.exr")
    wall, cpu = time.perf_counter(), time.process_time()
    bpy.ops.render.render(write_still=True)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    # The colour alone, to be read back.
    form.file_format = "OPEN_EXR"
    path = os.path.join(folder, "colour.exr")
    bpy.data.images["Render Result"].save_render(path, scene=scene)
    image = bpy.data.images.load(path, check_existing=False)
    pixels = numpy.empty(4 * told["width"] * told["height"], dtype="<f4")
    image.pixels.foreach_get(pixels)
    bpy.data.images.remove(image)
    return pixels.reshape(told["height"], told["width"], 4)[::-1, :, :3].astype("f8"), wall, cpu


bpy.ops.wm.read_factory_settings(use_empty=True)
for number, one in enumerate(told["things"]):
    thing(number, one)
lights()
camera()
prepared = settings()
render(prepared, 1, 2)  # what is only done once, such as loading kernels, counts for nobody
figures = [{"samples": told["reference"]}]
if told["reference"] > 0:
    reference, wall, cpu = render(prepared, told["reference"], 1)
    reference.astype("<f4").tofile(os.path.join(folder, "reference.bin"))
    mean = float(reference.mean())
    figures[0].update(wall=wall, cpu=cpu, mean=mean)
for samples in told["samples"]:
    found, wall, cpu = render(prepared, samples, 0)
    line = {"samples": samples, "wall": wall, "cpu": cpu}
    if told["reference"] > 0:
        most = told["clip"] * mean
        line["error"] = float(numpy.sqrt(((numpy.minimum(found, most) - numpy.minimum(reference, most)) ** 2).mean())) / mean
    figures.append(line)
json.dump(figures, open(os.path.join(folder, "figures.json"), "w", encoding="utf-8"))
